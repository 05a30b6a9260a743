# The binary of a release in a small image with git, which changed lines are asked of, and a shell, which GitLab needs.
#
#     docker build --build-arg VERSION=0.1.0 --tag gomapcheck .
#     docker run --rm --volume "$PWD:/src" gomapcheck ./...
FROM alpine:3.22
ARG VERSION
RUN --mount=type=bind,source=install.sh,target=/tmp/install.sh \
    apk add --no-cache git \
    && sh /tmp/install.sh -b /usr/local/bin "${VERSION:?}" \
    && git config --system --add safe.directory '*'
WORKDIR /src
ENTRYPOINT ["gomapcheck"]
