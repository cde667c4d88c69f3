"""The language server: messages in, a call of the core, messages out; modules are named after the protocol's features.

`rpc` speaks JSON-RPC and knows nothing about reports. `server` joins it with a `session`, whose messages come to
`notifications` (plain JSON, on the path of a keystroke) and `requests` (lsprotocol's types, by pygls). Only this
package imports pygls, lsprotocol and cattrs.
"""
