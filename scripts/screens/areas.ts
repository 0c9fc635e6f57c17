import { takeApps } from './apps.ts';
import { takeContent } from './content.ts';
import { takeConversation } from './conversation.ts';
import { takeDeliveries } from './delivery.ts';
import { takeEditor } from './editor.ts';
import { takeEmulator } from './emulator.ts';
import { takeFrame } from './frame.ts';
import { takeInspector } from './inspector.ts';
import { takeSetUp } from './set-up.ts';
import { takeSignIn } from './sign-in.ts';
import type { Walk } from './stage.ts';
import { takeWorkbench } from './workbench.ts';

/** Each area has its folder in `docs/screens/` and its walk here. */
export const AREAS: Readonly<Record<string, Walk>> = {
  'sign-in': takeSignIn,
  frame: takeFrame,
  apps: takeApps,
  editor: takeEditor,
  'set-up': takeSetUp,
  workbench: takeWorkbench,
  conversation: takeConversation,
  delivery: takeDeliveries,
  content: takeContent,
  inspector: takeInspector,
  emulator: takeEmulator,
};
