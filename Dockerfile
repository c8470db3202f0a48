# The image holds code, content and model of one state.
FROM python:3.10-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
 && pip install --no-cache-dir uv
WORKDIR /wegwijs
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project --compile-bytecode
COPY . .
RUN uv sync --locked --no-dev --inexact --compile-bytecode && .venv/bin/wegwijs train && useradd --system wegwijs
USER wegwijs
# Inside a container only the port mapping decides who gets in; nothing is written but to /tmp.
ENV PATH=/wegwijs/.venv/bin:$PATH HOST=0.0.0.0 MPLCONFIGDIR=/tmp/matplotlib
EXPOSE 5005
CMD ["wegwijs", "run"]
