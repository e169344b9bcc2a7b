using System.IO;

namespace Demo;

public static partial class Handlers
{
    [Tamed] public static partial void Save(string path, Event<bool> done);

    private static void SaveBody(string path, Event<bool> done)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                try
                {
                    if (path.Length == 0 && done.Trigger(false)) return;
                    using (twait()) asap(mkevent());
                    break;
                }
                catch (IOException e) when (e.Message.Length > attempt)
                {
                    // wait longer each time
                    using (twait()) timer(TimeSpan.FromSeconds(attempt), mkevent());
                    Console.WriteLine(e.Message);
                    if (attempt == 2) throw;
                }
                catch (Exception)
                {
                    continue;
                }
            }
            finally
            {
                // a moment of rest
                using (twait()) asap(mkevent());
            }
        }

        done.Trigger(true);
    }
}
