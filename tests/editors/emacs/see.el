;;; see.el --- What stands under Emacs's findings  -*- lexical-binding: t -*-

;; The tips that follow a command swallow the next key.
(setq suggest-key-bindings nil
      extended-command-suggest-shorter nil)

(defun see-finding (diagnostic)
  "What DIAGNOSTIC says, and the words that it marks."
  (vector (flymake-diagnostic-text diagnostic)
          (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic)
                                          (flymake-diagnostic-end diagnostic))))

(defun see-findings ()
  "Write all findings of this buffer, and all messages, into files of the home."
  (interactive)
  (let ((findings (mapcar #'see-finding (flymake-diagnostics)))
        (messages (with-current-buffer (messages-buffer) (buffer-string))))
    (write-region messages nil "~/messages" nil 'silent)
    (write-region (json-encode (vconcat findings)) nil "~/findings.json" nil 'silent)))
