# syntax=docker/dockerfile:1
# Built in one image, run in a smaller one: no compiler, no pip cache, no root.

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv /opt/quotewire
# Dependencies first, pinned with hashes: this layer stays while only our own code changes.
COPY requirements.lock ./
RUN /opt/quotewire/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
COPY config ./config
RUN /opt/quotewire/bin/pip install --no-deps .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home quotewire
COPY --from=build /opt/quotewire /opt/quotewire
ENV PATH=/opt/quotewire/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    QUOTEWIRE_DATABASE_URL=sqlite+aiosqlite:////data/quotewire.db \
    QUOTEWIRE_LISTEN_HOST=0.0.0.0 \
    QUOTEWIRE_LISTEN_PORT=8080
# The only folder that is written to: the root file system may be read-only.
VOLUME /data
WORKDIR /data
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
# The exec form: SIGTERM reaches the bot itself, which then ends what is in flight within ten seconds.
ENTRYPOINT ["quotewire"]
CMD ["run"]
