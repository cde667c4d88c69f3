"""What could be typed next in an answer: paths of figures and files, images, study numbers."""

from reportls.features.completion.complete import complete
from reportls.features.completion.completion import Completion, CompletionKind

__all__ = ["Completion", "CompletionKind", "complete"]
