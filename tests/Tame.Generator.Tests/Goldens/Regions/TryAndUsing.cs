using System.IO;

namespace Demo;

public static partial class Regions
{
    [Tamed] public static partial void Run(string path, Event<int> done);

    private static void RunBody(string path, Event<int> done)
    {
        var total = 0;
        try
        {
            using (twait()) asap(mkevent());
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    using (twait()) asap(mkevent());
                    if (i == 1) continue;
                    if (i == 2) break;
                    total++;
                }
                finally
                {
                    total += 10;
                }
            }
        }
        catch (IOException e) when (e.Message.Length > total)
        {
            total = -1;
        }
        catch (Exception)
        {
            done.Trigger(-2);
            return;
        }

        using var stream = new MemoryStream();
        using (twait()) asap(mkevent());
        using (var other = new MemoryStream())
        using (new MemoryStream())
        {
            using (twait()) asap(mkevent());
            other.WriteByte(1);
        }

        stream.WriteByte((byte)total);
        done.Trigger(total);
    }
}
