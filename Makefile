.PHONY: help check test simulation stress format sample benchmarks soak worker edge pictures

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

check: ## the whole gate, as in CI
	.ci/run

test: ## build and run all tests
	./mvnw verify

simulation: ## 100,000 seeds of the simulation, with progress; SEEDS=n for fewer
	./mvnw -q -Psimulation -pl kv-session-autoconfigure -am test -Dsimulation.seeds=$(or $(SEEDS),100000)

stress: ## eight real threads on one repository for a minute in each write mode; SECONDS=n for another time
	./mvnw -q -pl kv-session-autoconfigure -am test -Dtest=StressTests -Dsurefire.failIfNoSpecifiedTests=false \
		-Dstress.seconds=$(or $(SECONDS),60)

format: ## lay the code out
	./mvnw -q spring-javaformat:apply

sample: ## run the sample offline
	./mvnw -Pdemo

edge: ## run the sample on the Worker, in Cloudflare's own runtime (Node 20.18.1 or newer)
	./mvnw -Pdemo -Dspring-boot.run.arguments=--edge

benchmarks: ## measure speed, memory and cost beside other stores
	benchmarks/run

soak: ## 20 minutes of faults, floods and kills on three instances; MINUTES=n for another time
	benchmarks/soak $(MINUTES)

pictures: ## draw docs/images/*.svg from docs/images/src (Python 3)
	docs/images/src/draw.py

worker: ## test the Worker in Cloudflare's own runtime (Node 20.18.1 or newer)
	cd edge-worker && npm ci && npm test
