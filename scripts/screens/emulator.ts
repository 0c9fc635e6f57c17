import { startConversation, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import { startEndpoint } from '../../web/e2e/played-endpoint.ts';
import {
  changeApp,
  connectorApp,
  createSecondApp,
  endpointUrl,
  pointEndpointsTo,
} from '../../web/e2e/webhook-set-up.ts';
import type { Stage } from './stage.ts';

/** The emulator's knobs, with faults in force, and what became of the webhooks of a connector that takes none. */
export async function takeEmulator(stage: Stage): Promise<void> {
  const { page, world, take } = stage;
  const agent = await startConversation(page, world);
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await sheet.getByRole('button', { name: 'Send a card' }).click();
  await take('knobs');
  await sheet.getByRole('tab', { name: 'Faults' }).click();
  for (const [at, how] of ['Once', 'Until removed'].entries()) {
    await sheet.getByLabel('How often').selectOption(how);
    await sheet.getByRole('button', { name: 'Add', exact: true }).click();
    await sheet.getByRole('button', { name: 'Remove: Sent, but its answer is lost' }).nth(at).waitFor();
  }
  await take('faults');
  await sheet.getByRole('button', { name: 'Remove all' }).click();

  await takeTries(stage, agent);
  await agent.close();
  await sheet.getByRole('tab', { name: 'Agent' }).click();
  await sheet.getByText('This conversation is closed').waitFor();
  await take('agent-closed');
}

async function takeTries({ page, take }: Stage, agent: PlayedAgent): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await using endpoint = await startEndpoint();
  const own = await endpointUrl(page);
  await pointEndpointsTo(page, endpoint.url);
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  await agent.say({ text: 'Do you hear me?' });
  await sheet.getByText('The last webhook was answered 500').first().waitFor();
  await take('deliveries');
  await sheet.getByLabel('Only what failed').check();
  await sheet.getByText('Delivered').first().waitFor({ state: 'detached' });
  await take('deliveries-failed');
  await pointEndpointsTo(page, own);
  const redeliver = sheet.getByRole('button', { name: /^Redeliver ContentEvent of / }).last();
  await redeliver.click();
  await sheet.getByRole('status').filter({ hasText: 'Redelivery 1: 200' }).waitFor();
  await take('redelivered');
  const { id } = await connectorApp(page);
  await changeApp(page, { enabled: false }, id);
  await redeliver.click();
  await sheet.getByText('The webhook was not redelivered').waitFor();
  await take('redelivery-refused');
  await changeApp(page, { enabled: true }, id);
  // Ends what was told of the refusal.
  await sheet.getByRole('tab', { name: 'Agent' }).click();
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  await createSecondApp(page);
  await sheet.getByLabel('Only what failed').uncheck();
  await agent.say({ text: 'Do both of you hear me?' });
  await sheet.getByText('Second shop').first().waitFor();
  await take('deliveries-two-apps');
}
