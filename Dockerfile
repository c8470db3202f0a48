# The image holds code, content and model of one state. It is made in two steps, so that what builds it is not in it.
FROM python:3.10-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
 && pip install --no-cache-dir uv
WORKDIR /wegwijs
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY stand_ins stand_ins
RUN uv sync --locked --no-dev --no-install-project --compile-bytecode
COPY . .
RUN uv sync --locked --no-dev --inexact --compile-bytecode && .venv/bin/wegwijs train \
 && .venv/bin/python -m compileall -q actions bot wegwijs

FROM python:3.10-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /wegwijs
COPY --from=build /wegwijs/.venv .venv
COPY --from=build /wegwijs/uv.lock /wegwijs/labels.yml ./
COPY --from=build /wegwijs/docs/safety.json docs/
COPY --from=build /wegwijs/actions actions
COPY --from=build /wegwijs/bot bot
COPY --from=build /wegwijs/content content
COPY --from=build /wegwijs/widget widget
COPY --from=build /wegwijs/wegwijs wegwijs
# Nobody, as a number: Kubernetes can see that it is not root. It may write to nothing but /tmp.
USER 10001:10001
# Inside a container only the network decides who gets in.
ENV PATH=/wegwijs/.venv/bin:$PATH HOST=0.0.0.0 MPLCONFIGDIR=/tmp/matplotlib PYTHONDONTWRITEBYTECODE=1
EXPOSE 5005
CMD ["wegwijs", "run"]
