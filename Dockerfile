# syntax=docker/dockerfile:1
#
#   docker build -t demo-connector-app .
#   docker run -p 8282:8282 -d demo-connector-app        then open http://localhost:8282
#
# Keep conversations over a new container:  -v connector-data:/data
# Reach the emulator from your own connector: -p 8283:8283 -p 8284:8284
ARG NODE_IMAGE=node:24-bookworm-slim

# The web app. Build tools stay in this stage.
FROM ${NODE_IMAGE} AS web
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# What the server needs at run time. The image brings Node, so the packaged one is left out with the optional packages.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    DATA_DIR=/data \
    EMULATOR_ENABLED=true
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json settings.json ./
COPY server ./server
COPY docs/openapi.json ./docs/
COPY --from=web /app/dist/web ./dist/web
# A named volume takes the owner of the folder it covers: the server must be able to write there, and nowhere else. What Node
# compiles at a first start, for this user, is in the image already.
RUN mkdir /data node_modules/.cache && chown node:node /data node_modules/.cache \
 && su node -s /bin/sh -c "NODE_COMPILE_CACHE=node_modules/.cache/node-compile node --input-type=module \
      -e \"await import('/app/server/demo-app.ts'); await import('/app/server/start-demo-emulator.ts');\"" \
 && chown -R root:root node_modules/.cache && chmod -R a=rX node_modules/.cache
USER node
VOLUME /data
EXPOSE 8282 8283 8284
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SERVER_HTTP_PORT ?? 8282}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the container's first process: it gets SIGTERM and stops in order.
CMD ["node", "server/main.ts"]
