using System.IO;

namespace Demo;

public static partial class Filters
{
    [Tamed] public static partial void Delete(string path, Action<Func<string>> log, Event<bool> done);

    private static void DeleteBody(string path, Action<Func<string>> log, Event<bool> done)
    {
        try
        {
            twait(e => asap(e));
            File.Delete(path);
        }
        catch (IOException e) when (Log(log, () => e.Message))
        {
            twait(next => asap(next));
            done.Trigger(e.Message.Length == 0);
            return;
        }

        done.Trigger(true);
    }

    private static bool Log(Action<Func<string>> log, Func<string> text)
    {
        log(text);
        return true;
    }
}
