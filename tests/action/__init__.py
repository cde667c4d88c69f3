"""The GitHub Action: its steps, run as GitHub's runner would run them."""
