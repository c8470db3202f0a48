# The verbs of Wegwijs. Each installs what it needs; only the first time needs a network.
quiet = TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore

.PHONY: run test check train bench stock-attacks profile eval safety assess links coverage-content widgets screenshots answers manifests fuzz audit cluster load soak

run: ; @scripts/with-python wegwijs run
train: ; @scripts/with-python wegwijs train
assess: ; @scripts/with-python wegwijs assess

# In two processes, a file in one of them: most of a test is waiting.
test: train
	@scripts/with-python pytest -n 2 --dist loadfile

check:
	@scripts/with-python ruff check .
	@scripts/with-python ruff format --check .
	@scripts/with-python mypy
	@scripts/with-python wegwijs check

links: ; @scripts/with-python wegwijs links

bench: train
	@scripts/with-python python -m tests.bench

stock-attacks: train
	@scripts/with-python python -m tests.bench.attacks

profile: train
	@$(quiet) scripts/with-python python -m tests.bench.profile

fuzz: train
	@$(quiet) scripts/with-python python -m tests.fuzz

eval:
	@$(quiet) scripts/with-python python -m evaluation

safety:
	@$(quiet) scripts/with-python python -m evaluation.safety

coverage-content:
	@scripts/with-python python -m tests.coverage_content

widgets: train
	@scripts/with-python python -m tests.compare_widgets

screenshots: train
	@scripts/with-python python -m tests.screenshots

answers:
	@scripts/with-python python -m bot.proxy_answers

manifests:
	@uv=$$(command -v uv || echo .cache/uv/bin/uv); "$$uv" run --quiet --locked --script deploy/check_manifests.py

audit:
	@scripts/with-python python -m tests.audit

cluster: train
	@scripts/with-python python -m tests.chaos

load: train
	@scripts/with-python python -m tests.load

soak: train
	@scripts/with-python python -m tests.soak
