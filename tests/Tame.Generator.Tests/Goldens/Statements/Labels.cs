namespace Demo;

public static partial class Labels
{
    [Tamed] public static partial void Run(Event<int> done);

    private static void RunBody(Event<int> done)
    {
        int tries = 0;
    again:
        tries++;
        using (twait()) asap(mkevent());
        for (int i = 0; i < 10; i++)
        {
            using (twait()) asap(mkevent());
            if (i == tries) goto again;
            if (tries > 3) goto end;
        }

    end:
        done.Trigger(tries);
    }
}
