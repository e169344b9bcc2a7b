namespace Tame.IO.Tests.Profiling;

/// <summary>The blocking graph shows which stretches open descriptors, and which close them.</summary>
public sealed partial class DescriptorTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(Networks.Memory, 0)]
    [InlineData(Networks.System, 1)]
    [InlineData(Networks.Portable, 1)]
    public void A_listener_is_one(string network, int one) => Assert.Equal(
        [(1, 2, one), (2, 3, 0), (3, -1, -one), (0, 1, 0)],
        Descriptors(network, "Listens", Listens));

    [Tamed]
    private static partial void Listens(Event done);

    private static void ListensBody(Event done)
    {
        twait(e => timer(s_step, e));
        var listener = Network.Current.Listen(Networks.AnyPort);
        twait(e => timer(s_step, e));
        twait(e => timer(s_step, e));
        listener.Dispose();
        done.Trigger();
    }

    /// <summary>The loop accepts while no call runs: the connection counts for the call that waits for it.</summary>
    [Theory]
    [InlineData(Networks.Memory, 0)]
    [InlineData(Networks.System, 1)]
    [InlineData(Networks.Portable, 1)]
    public void An_accepted_connection_counts_for_the_call_that_gets_it(string network, int one) => Assert.Equal(
        [(1, 2, one), (2, -1, -one), (0, 1, 0)],
        Descriptors(network, "Accepts", Serves));

    [Tamed]
    private static partial void Serves(Event done);

    private static void ServesBody(Event done)
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        using (twait())
        {
            Accepts(listener, mkevent());
            Asks(listener, mkevent());
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Accepts(Listener listener, Event done);

    private static void AcceptsBody(Listener listener, Event done)
    {
        twait(e => listener.Accept(e), out Connection connection);
        twait(e => timer(s_step, e));
        connection.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void Asks(Listener listener, Event done);

    private static void AsksBody(Listener listener, Event done)
    {
        twait(e => timer(s_step, e));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var end = connection;
        twait(e => timer(5 * s_step, e));
        done.Trigger();
    }

    [Fact]
    public void A_file_counts_for_the_call_that_opens_it() => Assert.Equal([(1, 2, 1), (2, -1, -1), (0, 1, 0)], Descriptors(Networks.System, "Opens", Opens));

    [Tamed]
    private static partial void Opens(Event done);

    private static void OpensBody(Event done)
    {
        string path = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        twait(e => Network.Current.Files.Open(path, FileMode.CreateNew, FileAccess.Write, e), out RandomAccessFile file);
        twait(e => timer(s_step, e));
        file.Dispose();
        Network.Current.Files.Delete(path, Event.Detached);
        done.Trigger();
    }

    /// <summary>The continue edges of a method, by their states, and the descriptors of each.</summary>
    private static IEnumerable<(int From, int To, int Descriptors)> Descriptors(string network, string method, Action<Event> program)
    {
        EventLoop loop = null!;
        Networks.Run(network, done =>
        {
            loop = EventLoop.Current!;
            loop.Profile(ProfileMode.On);
            program(done);
        });
        return loop.BlockingGraph.Edges.Where(edge => edge.Kind == BlockingEdgeKind.Continue && edge.From.Method.EndsWith("." + method, StringComparison.Ordinal))
            .Select(edge => (edge.From.State, edge.To.State, (int)edge.Costs.Descriptors)).OrderBy(edge => edge.Item1 == 0);
    }
}
