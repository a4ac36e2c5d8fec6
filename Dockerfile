# syntax=docker/dockerfile:1
# docker build -t thalweg . && docker run --rm -p 8000:8000 -v thalweg:/data thalweg
# Open the address that it prints first: it carries the token.
# For GPUs add --gpus all. Without one, a torch for CPUs alone makes a far smaller image: build with
# --build-arg PIP_EXTRA_INDEX_URL=... (the CPU index that PyTorch's installation page names).

FROM python:3.11-slim AS build
ARG PIP_EXTRA_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
WORKDIR /build
COPY pyproject.toml constraints.txt README.md ./
COPY core core
COPY server server
COPY frontend frontend
COPY static static
RUN /venv/bin/pip install -c constraints.txt .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin thalweg \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /venv /venv
USER 10001
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    THALWEG_HOST=0.0.0.0 \
    THALWEG_PORT=8000 \
    THALWEG_DATA=/data
VOLUME /data
EXPOSE 8000
# A server that asks for its token (401) is alive, too.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status not in (200, 401))"]
ENTRYPOINT ["python", "-m", "server"]
