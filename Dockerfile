# One image for every service: docker run lumbung python -m services.run orders
FROM python:3.11-slim
RUN useradd --system --create-home lumbung
WORKDIR /app
COPY requirements.lock ./
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.lock.txt \
    && pip install --no-cache-dir --require-hashes -r uv.lock.txt \
    && uv pip sync --system --require-hashes --compile-bytecode --no-cache requirements.lock
COPY . .
RUN uv pip install --system --offline --no-deps --no-build-isolation --no-cache . && mkdir /state && chown lumbung /state
ENV LUMBUNG_HOME=/state LUMBUNG_HTTP_HOST=0.0.0.0 LUMBUNG_HTTP_PORT=8000 PYTHONUNBUFFERED=1
USER lumbung
VOLUME /state
EXPOSE 8000
CMD ["python", "-m", "services.run", "catalog"]
