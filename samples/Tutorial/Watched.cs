using Tame.Dashboards;

namespace Tutorial;

/// <summary>A program that loses events, continues, and shows itself on a page.</summary>
internal static partial class Watched
{
    #region watch
    [Tamed]
    public static partial void Watch(int port, Event done);

    private static void WatchBody(int port, Event done)
    {
        Dashboard.Start(EventLoop.Current!, port, new DashboardOptions { Output = Console.Out });
        for (int i = 0; i < 3; i++)
        {
            try
            {
                twait(e => Steps.Forgetful(e), out int temperature);
                Console.WriteLine(temperature);
            }
            catch (LostEventException loss)
            {
                Console.WriteLine($"lost at {Path.GetFileName(loss.File)}:{loss.Line}");
            }
        }
        twait(e => timer(TimeSpan.FromMinutes(10), e));     // time for you to look
        done.Trigger();
    }
    #endregion
}
