// @ts-check
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

// Sizes are aims of docs/conventions.md; the ceilings here stop what has clearly grown too large.
const sizes = {
  'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  complexity: ['error', 10],
};

// Attributes and inputs of templates whose value nobody reads.
const technical = [
  'accept action appearance aria-atomic aria-autocomplete aria-controls aria-current aria-describedby',
  'aria-expanded aria-haspopup aria-hidden aria-labelledby aria-live aria-orientation aria-relevant',
  'autocapitalize closedby cols composerTool cx cy d edge enterkeyhint fetchpriority focusable form',
  'icon inputmode listStart loading matButton max maxlength min minlength orientation panelId popover',
  'popovertarget queryParamsHandling r rel rows scope select spellcheck step tone wrap x xPosition y',
].flatMap((names) => names.split(' '));

// A sentence or a name in a string that no $localize marks; what a defect says of itself is for whoever reads the console.
const text = String.raw`/^[A-Z“][a-z’]+[ .…]|[a-z,;:] [a-z]+[.?…]$/`;
const unmarked =
  ':not(TaggedTemplateExpression, :matches(NewExpression, CallExpression)[callee.name=/(Error|InjectionToken)$/], ImportDeclaration, Property[key.name="key"])';
const unmarkedTexts = [
  `${unmarked} > Literal[value=${text}]`,
  `${unmarked} > TemplateLiteral > TemplateElement[value.raw=${text}]`,
];

export default tseslint.config(
  { ignores: ['dist/**', '.angular/**', 'node_modules/**', 'data/**', '**/*.cjs', '**/*.mjs', '*.js'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...sizes,
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['web/app/**/*.ts', 'web/main.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      // Components are OnPush by default in this Angular; the rule asks to write what is already so.
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
  {
    files: ['web/app/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...unmarkedTexts.map((selector) => ({
          selector,
          message: 'A text is marked: $localize`…` (ADR 0009).',
        })),
      ],
    },
  },
  {
    files: ['web/app/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  {
    files: ['web/app/**/*.html'],
    // Hosts of specs are seen by nobody.
    ignores: ['**/*.spec.ts/**'],
    rules: { '@angular-eslint/template/i18n': ['error', { checkId: false, ignoreAttributes: technical }] },
  },
  {
    files: ['scripts/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'web/e2e/**/*.ts', '**/testing/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  {
    files: ['web/e2e/**/*.ts'],
    ignores: ['web/e2e/page-checks.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@axe-core/playwright',
          message: 'expectAccessible of page-checks.ts waits for colours that are on their way.',
        },
      ],
    },
  },
);
