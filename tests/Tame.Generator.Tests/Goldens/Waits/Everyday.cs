namespace Demo;

public static partial class Everyday
{
    [Tamed] public static partial void Starts(TimeSpan delay, string[] names, int[] sizes, Event<int> done);

    private static void StartsBody(TimeSpan delay, string[] names, int[] sizes, Event<int> done)
    {
        // one operation
        twait(e => timer(delay, e));
        twait(e => Measure(names[0], e), out int first);
        var i = 0;
        twait(e => Measure(names[i], e.WithTimeout(delay)), out sizes[i++]);
        twait((Event<int, string> e) => Split(names[i], e), out var length, out _);
        twait(e =>
        {
            // the rest goes on without it
            if (names.Length < 2)
            {
                e.Trigger(0);
                return;
            }

            Measure(names[1], e);
        }, out int second);
        done.Trigger(first + second + length);
    }

    [Tamed] public static partial void Tasks(Task work, Task<string> page, ValueTask<int> count, Event<string> done);

    private static void TasksBody(Task work, Task<string> page, ValueTask<int> count, Event<string> done)
    {
        twait(work);
        twait(page, out var text);
        try
        {
            twait(count, out int number);
            twait(count);
            text += number;
        }
        catch (InvalidOperationException)
        {
            twait(e => asap(e));
        }

        done.Trigger(text);
    }

    [Tamed] public static partial void Arrow(Task work);
    private static void ArrowBody(Task work) => twait(work);

    private static void Measure(string name, Event<int> e) => e.Trigger(name.Length);
    private static void Split(string name, Event<int, string> e) => e.Trigger(name.Length, name);
}
