import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import type {
  AddFaultRequest,
  AgentActRequest,
  EmulatorAgent,
  EmulatorDeliveries,
  EmulatorFault,
  EmulatorFaults,
  EmulatorPersona,
  EmulatorSettings,
} from '#protocol/emulator-controls';
import type { ConversationId } from '#protocol/identifiers';

/** The emulator's knobs, by way of the bridge. Every method rejects with a `BridgeFailure`. */
@Service()
export class EmulatorClient {
  private readonly http = inject(HttpClient);

  /** Those that can still happen to the account. */
  async faults(): Promise<readonly EmulatorFault[]> {
    const { faults } = await firstValueFrom(this.http.get<EmulatorFaults>('/api/emulator/faults'));
    return faults;
  }

  async addFault(request: AddFaultRequest): Promise<void> {
    await firstValueFrom(this.http.post('/api/emulator/faults', request));
  }

  /** `null`: all of them. */
  async removeFault(id: string | null): Promise<void> {
    const one = id === null ? '' : `/${encodeURIComponent(id)}`;
    await firstValueFrom(this.http.delete(`/api/emulator/faults${one}`));
  }

  /** The latest tries to deliver webhooks of the account, newest first, and the apps in trouble. */
  deliveries(isFailedOnly: boolean): Promise<EmulatorDeliveries> {
    const params = isFailedOnly ? { failed: 'true' } : {};
    return firstValueFrom(this.http.get<EmulatorDeliveries>('/api/emulator/deliveries', { params }));
  }

  /** Asks for the webhook of a try once more; what comes of it is told among the tries. */
  async redeliver(id: string): Promise<void> {
    const path = `/api/emulator/deliveries/${encodeURIComponent(id)}/redeliver`;
    await firstValueFrom(this.http.post(path, null));
  }

  /** Gives the endpoints of an app that were switched off another chance. */
  async switchOn(appId: string): Promise<void> {
    await firstValueFrom(this.http.post(`/api/emulator/apps/${encodeURIComponent(appId)}/switch-on`, null));
  }

  /** How the account is set at the emulator. */
  settings(): Promise<EmulatorSettings> {
    return firstValueFrom(this.http.get<EmulatorSettings>('/api/emulator/settings'));
  }

  async set(settings: EmulatorSettings): Promise<void> {
    await firstValueFrom(this.http.put('/api/emulator/settings', settings));
  }

  /** Who answers in the conversation now. */
  async persona(id: ConversationId): Promise<EmulatorPersona> {
    const path = `/api/emulator/conversations/${encodeURIComponent(id)}/agent`;
    return (await firstValueFrom(this.http.get<EmulatorAgent>(path))).persona;
  }

  /** Lets the agent of a conversation do one thing. */
  async act(id: ConversationId, request: AgentActRequest): Promise<void> {
    await firstValueFrom(
      this.http.post(`/api/emulator/conversations/${encodeURIComponent(id)}/agent`, request),
    );
  }
}
