# What the workflows run with a token. No pull request's file is executed here, and what comes
# from GitHub's events arrives in the environment, where a shell takes it as text.

.PHONY: publish comment show drop weekly renew
# GitHub's machines have no name of their own, without which git writes no commit.
export GIT_AUTHOR_NAME ?= github-actions[bot]
export GIT_AUTHOR_EMAIL ?= 41898282+github-actions[bot]@users.noreply.github.com
export GIT_COMMITTER_NAME ?= $(GIT_AUTHOR_NAME)
export GIT_COMMITTER_EMAIL ?= $(GIT_AUTHOR_EMAIL)
FORGE := python3 tools/forge.py
TAKE = rm -rf artifact && gh run download "$$RUN" --repo "$$GITHUB_REPOSITORY" --dir artifact --name

publish:
	$(TAKE) site
	$(FORGE) pages publish artifact

# A pull request that has moved on, or closed, hears from its newer run.
comment:
	number=$$($(FORGE) find "$$HEAD" "$$SHA") && [ -n "$$number" ] || exit 0; \
	$(TAKE) report && $(FORGE) comment "$$number" "$$SHA" artifact

# There is no preview of what could not be built.
show:
	number=$$($(FORGE) find "$$HEAD" "$$SHA") && [ -n "$$number" ] || exit 0; \
	[ "$$($(FORGE) may-show "$$number" "$$SHA")" = yes ] || exit 0; \
	$(TAKE) preview || exit 0; \
	$(FORGE) pages show "$$number" artifact

drop:
	$(FORGE) pages drop "$$NUMBER"

weekly:
	$(TAKE) weekly
	$(FORGE) issue weekly "This week: reviews and addresses" artifact/weekly.md

renew:
	$(TAKE) lock
	$(FORGE) renew artifact/requirements.lock
