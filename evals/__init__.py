"""How good are the answers: suites of expected answers, metrics, runs, reports and the gate."""
