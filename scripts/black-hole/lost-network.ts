import { execFileSync } from 'node:child_process';

const NAMESPACE = 'black-hole';
const [NEAR, FAR] = ['10.213.7.1', '10.213.7.2'] as const;
const DROP = ['INPUT', '-i', 'bh-far', '-j', 'DROP'] as const;

/** A network of its own for the server, whose only way out can swallow packets without a word. Needs root on Linux. */
export class LostNetwork implements Disposable {
  /** Where what runs inside listens. */
  readonly host = FAR;

  constructor() {
    ip('netns', 'add', NAMESPACE);
    ip('link', 'add', 'bh-near', 'type', 'veth', 'peer', 'name', 'bh-far', 'netns', NAMESPACE);
    ip('addr', 'add', `${NEAR}/30`, 'dev', 'bh-near');
    ip('link', 'set', 'bh-near', 'up');
    ip('-n', NAMESPACE, 'addr', 'add', `${FAR}/30`, 'dev', 'bh-far');
    ip('-n', NAMESPACE, 'link', 'set', 'bh-far', 'up');
    ip('-n', NAMESPACE, 'link', 'set', 'lo', 'up');
  }

  /** The command line that runs `command` inside. */
  inside(...command: readonly string[]): readonly string[] {
    return ['ip', 'netns', 'exec', NAMESPACE, ...command];
  }

  /** From now on every packet from outside vanishes: no FIN, no RST, no ICMP. */
  swallow(): void {
    this.iptables('-A', ...DROP);
  }

  giveBack(): void {
    this.iptables('-D', ...DROP);
  }

  [Symbol.dispose](): void {
    ip('netns', 'del', NAMESPACE);
  }

  private iptables(...args: readonly string[]): void {
    const [program = '', ...rest] = this.inside('iptables', ...args);
    execFileSync(program, rest);
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args);
}
