// The picture in docs/architecture.md, checked: who may import whom.
const only = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(server|web)/', pathNot: to },
});
const FEATURES = '^web/app/(login|app-installs|webhook-wizard|conversation|inspector|agent-desk)/';
// Specs may use what stands in testing/: the whole world on the server, builders and fakes of the platform on the web.
const SPEC = '(?!.+[.](spec|contract)[.]ts$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('protocol-stands-alone', '^server/protocol/', '^server/protocol/'),
    only('bridge-knows-no-emulator', `^server/bridge/${SPEC}`, '^server/(bridge|protocol)/'),
    only('emulator-knows-no-bridge', `^server/emulator/${SPEC}`, '^server/(emulator|protocol)/'),
    only('web-shares-only-protocol', '^web/(?!e2e/)', '^(web/|server/protocol/)'),
    only('ui-is-presentation-only', `^web/app/ui/${SPEC}`, '^web/app/ui/'),
    only('web-bridge-knows-no-feature', `^web/app/bridge/${SPEC}`, '^(web/app/bridge/|server/protocol/)'),
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: FEATURES },
      to: { path: FEATURES, pathNot: '^web/app/$1/' },
    },
    {
      name: 'server-not-to-angular',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: 'node_modules/(@angular|rxjs)' },
    },
    {
      name: 'web-not-to-node',
      severity: 'error',
      from: { path: '^web/(?!e2e/)' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '[.]cjs$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
