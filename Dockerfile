# The binary of a release in a small image with git, which changed lines are asked of, and a shell, which GitLab needs.
#
#     docker build --build-arg VERSION=0.1.0 --tag gomapcheck .
#     docker run --rm --volume "$PWD:/src" gomapcheck ./...
FROM debian:bookworm-slim AS download
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates curl
ARG VERSION
COPY install.sh /
RUN sh /install.sh -b /usr/local/bin "${VERSION:?}"

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*'
COPY --from=download /usr/local/bin/gomapcheck /usr/local/bin/
WORKDIR /src
ENTRYPOINT ["gomapcheck"]
