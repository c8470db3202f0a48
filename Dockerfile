# The image holds code, content and model of one state.
FROM python:3.10-slim-bookworm
RUN pip install --no-cache-dir uv
WORKDIR /wegwijs
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
# The small Dutch model of spaCy stands on no package index; without it the tokenizer with lookup lemmas is used.
ARG SPACY_MODEL=https://github.com/explosion/spacy-models/releases/download/nl_core_news_sm-3.7.0/nl_core_news_sm-3.7.0-py3-none-any.whl
RUN uv pip install --python .venv "$SPACY_MODEL" || echo "nl_core_news_sm could not be fetched: going on without it"
COPY . .
RUN uv sync --locked --no-dev --inexact && .venv/bin/wegwijs train && useradd --system wegwijs
USER wegwijs
# Inside a container only the port mapping decides who gets in; nothing is written but to /tmp.
ENV PATH=/wegwijs/.venv/bin:$PATH HOST=0.0.0.0 MPLCONFIGDIR=/tmp/matplotlib
EXPOSE 5005
CMD ["wegwijs", "run"]
