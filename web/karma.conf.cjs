const path = require('node:path');
module.exports = function (config) {
  config.set({
    basePath: path.join(__dirname, '..'),
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-coverage'),
      require('../scripts/testing/karma-results.cjs'),
    ],
    // Long enough for a slow or busy machine; a spec that waits in vain fails all the same.
    client: { jasmine: { random: true, timeoutInterval: 20_000 }, clearContext: false },
    coverageReporter: {
      dir: path.join(__dirname, '../dist/coverage/web'),
      subdir: '.',
      reporters: [{ type: 'text-summary' }, { type: 'lcovonly' }],
    },
    // A moving line for a person, dots for a log.
    reporters: [process.stdout.isTTY ? 'progress' : 'dots', 'results'],
    browsers: ['ChromeHeadlessCI'],
    customLaunchers: {
      ChromeHeadlessCI: {
        base: 'ChromeHeadless',
        flags: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      },
    },
    restartOnFileChange: false,
  });
};
