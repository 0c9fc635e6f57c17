/** Something to do at a time. */
export interface Task {
  readonly dueAt: number;
  /** Tasks of the same time run in the order in which they were added. */
  readonly order: number;
  readonly run: () => void;
}

/** Tasks in the order in which they are due. */
export class TaskSchedule {
  private readonly tasks: Task[] = [];
  private added = 0;

  get size(): number {
    return this.tasks.length;
  }

  /** The task that is due next; `null` when there is none. */
  get first(): Task | null {
    return this.tasks[0] ?? null;
  }

  add(dueAt: number, run: () => void): Task {
    const task = { dueAt, order: this.added++, run };
    this.tasks.splice(this.placeOf(task), 0, task);
    return task;
  }

  /** Takes the next task when it is due at `time`; `null` when none is. */
  takeDue(time: number): Task | null {
    return this.first && this.first.dueAt <= time ? (this.tasks.shift() ?? null) : null;
  }

  /** Whether there was such a task. */
  remove(task: Task): boolean {
    const place = this.placeOf(task);
    if (this.tasks[place] !== task) return false;
    this.tasks.splice(place, 1);
    return true;
  }

  clear(): void {
    this.tasks.length = 0;
  }

  /** How many tasks come before this one: halving, for thousands wait and most are cancelled before they are due. */
  private placeOf(task: Task): number {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.tasks[middle];
      if (other && comesBefore(other, task)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const comesBefore = (one: Task, other: Task): boolean =>
  one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
