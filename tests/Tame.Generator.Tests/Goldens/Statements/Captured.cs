namespace Demo;

public static partial class Captured
{
    [Tamed] public static partial void Run(Queue<object> queue, Event<List<Func<object>>> done);

    private static void RunBody(Queue<object> queue, Event<List<Func<object>>> done)
    {
        var all = new List<Func<object>>();
        for (int i = 0; i < 3; i++)
        {
            all.Add(() => i);
            using (twait()) asap(mkevent());
        }

        while (queue.TryDequeue(out var item))
        {
            all.Add(() => item);
            using (twait()) asap(mkevent());
            switch (item)
            {
                case string text:
                    using (twait()) asap(mkevent());
                    all.Add(() => text);
                    break;
            }
        }

        done.Trigger(all);
    }
}
