// Changes that are sent to the server, and what went wrong with the last of them.
export class Changing {
  problem = $state.raw<unknown>(undefined);
  busy = $state(false);

  // False: it went wrong, and `problem` says how.
  async run(act: () => Promise<unknown>): Promise<boolean> {
    this.problem = undefined;
    this.busy = true;
    try {
      await act();
      return true;
    } catch (error) {
      this.problem = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
