namespace Demo;

public static partial class Join
{
    [Tamed] public static partial void All(Task<int>[] tasks, Event<int> done);

    private static void AllBody(Task<int>[] tasks, Event<int> done)
    {
        var results = new int[tasks.Length];
        var order = new int[tasks.Length];
        var rendezvous = new Rendezvous<int>();
        for (int i = 0; i < tasks.Length; i++) tasks[i].Trigger(mkevent(rendezvous, i, out results[i]));
        int failures = 0;
        for (int left = tasks.Length; left > 0; left--)
        {
            // where its id goes is settled before the wait
            twait(rendezvous, out order[left - 1], out Exception? error);
            if (error is not null) failures++;
        }

        done.Trigger(failures);
    }
}
