"""How each kind of question is answered: one module a kind, one function each."""
