# Two commands do everything on a fresh machine: `make run` and `make test`.

PYTHON ?= python3
PY := .venv/bin/python
# uv does not read pip's settings; a folder of wheels that pip is told of holds for uv as well.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export UV_HTTP_RETRIES ?= 1
UVPIP := .venv/bin/uv pip install -q --python .venv -c constraints.txt

.PHONY: run test eval check clean

run: .venv/.run
	$(PY) app.py $(ARGS)

test: .venv/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest

eval: .venv/.run
	$(PY) -m evals gate

.venv/.uv:
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q uv
	touch $@

# The CPU build of torch where its index can be reached, else the one that pip's settings offer.
.venv/.torch: .venv/.uv constraints.txt
	$(UVPIP) --torch-backend=cpu torch==2.13.0 2>/dev/null || $(UVPIP) torch==2.13.0
	touch $@

.venv/.run: .venv/.torch pyproject.toml
	$(UVPIP) --compile-bytecode -e .
	touch $@

.venv/.test: .venv/.run
	$(UVPIP) --compile-bytecode -e '.[dev]'
	touch $@

clean:
	rm -rf .venv var build *.egg-info
