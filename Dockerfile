# The image of every Airflow component: the same lock as the local run, nothing fetched that is not hashed.
# PYTHON_IMAGE may name a digest: python@sha256:…
ARG PYTHON_IMAGE=python:3.12-slim-bookworm
FROM ${PYTHON_IMAGE} AS paket
COPY requirements-uv.txt requirements.txt /kunci/
RUN pip install --no-cache-dir --no-deps --require-hashes -r /kunci/requirements-uv.txt \
    && python -m venv /opt/humas \
    && UV_PYTHON_DOWNLOADS=never uv pip install --python /opt/humas/bin/python --no-cache \
        --no-deps --require-hashes --compile-bytecode -r /kunci/requirements.txt

FROM ${PYTHON_IMAGE}
RUN useradd --uid 50000 --gid 0 --no-create-home --home-dir /airflow --shell /usr/sbin/nologin airflow \
    && install -d -o airflow -g 0 -m 0770 /data /data/log /airflow
COPY --from=paket /opt/humas /opt/humas
COPY include /humas/include
COPY dags /humas/dags
COPY plugins /humas/plugins
RUN /opt/humas/bin/python -m compileall -q /humas
# AIRFLOW_HOME lies on a tmpfs of the read-only container; folders are therefore named one by one.
ENV PATH=/opt/humas/bin:$PATH \
    PYTHONPATH=/humas/include \
    PYTHONUNBUFFERED=1 \
    HUMAS_HOME=/data \
    AIRFLOW_HOME=/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/humas/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/humas/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__LOGGING__BASE_LOG_FOLDER=/data/log \
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
USER airflow
WORKDIR /airflow
ENTRYPOINT ["airflow"]
