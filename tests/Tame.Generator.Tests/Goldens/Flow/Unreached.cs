namespace Demo;

public static partial class Unreached
{
    [Tamed] public static partial void Run(int count, Event<int> done);

    private static void RunBody(int count, Event<int> done)
    {
        const bool verbose = false;
        var line = new { Count = count, Text = "" };
        if (verbose)
        {
            using (twait()) Print(line.Text, mkevent());
        }

        twait(e => asap(e));
        for (var i = 0; i < count; i++)
        {
            var item = new { Index = i };
            if (i > 2)
            {
                done.Trigger(item.Index);
                return;
                using (twait()) asap(mkevent());
            }

            count -= item.Index;
        }

        try
        {
            throw new InvalidOperationException();
            using (twait()) asap(mkevent());
        }
        catch (InvalidOperationException)
        {
            done.Trigger(count);
        }
    }

    private static void Print(string text, Event done) => done.Trigger();
}
