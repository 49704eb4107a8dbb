"""Signing in elsewhere: an OpenID provider says who somebody is, and we say whether they may come in.

`way.py` is what binds an answer to the browser that asked, `tokens.py` reads what the provider signed, `provider.py`
asks it, `admitting.py` says which user somebody is.
"""
