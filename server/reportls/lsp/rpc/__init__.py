"""JSON-RPC: framing, messages, life cycle, order, and the bridge to pygls."""
