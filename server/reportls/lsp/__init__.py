"""The language server: the protocol's types in, a call of the core, the protocol's types out.

Nothing else imports pygls, lsprotocol or cattrs.
"""

from reportls.lsp.deferring import defer_classes

defer_classes()
