"""Running Airflow on one machine: set-up, configuration, supervisor, REST client, live demo."""
