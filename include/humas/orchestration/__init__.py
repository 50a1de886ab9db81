"""What the DAG files share: retries, forms, schedules, which period a run is about, logs for operators.

Takes: settings, and the run that Airflow is in.
Gives: arguments of tasks, `Run`, one log line for each trouble.
May import: errors, bodies, settings, periods, registry, installation, pipeline, inbox.
"""
