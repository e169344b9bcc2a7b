using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tame.IO.Tests.Connections;

/// <summary>The handles of Tame's own sockets, which the descriptor table refers to in no way.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class OwnHandleTests
{
    private Connection? _client;

    [Fact]
    public void A_connection_that_is_dropped_is_closed_by_the_collector_and_its_number_works_again() => Networks.Run(Networks.System, Drop);

    [Fact]
    public void Another_loop_may_wait_for_the_handle_of_a_connection_that_receives() => Networks.Run(Networks.System, Share);

    [Tamed]
    private partial void Drop(Event done);

    private void DropBody(Event done)
    {
        twait(e => MakeAndDrop(e), out int number);
        bool isEnded = false;
        for (int i = 0; i < 20 && !isEnded; i++)
        {
            Collect();
            try
            {
                twait(e => _client!.Receive(new byte[1], e.WithTimeout(TimeSpan.FromSeconds(1))), out int count);
                isEnded = count == 0;
            }
            catch (TimeoutException)
            {
            }
        }
        Assert.True(isEnded, "The collector did not close the connection.");
        _client!.Dispose();

        // The same numbers, with the registrations of the connection that was dropped.
        bool isUsedAgain = false;
        var others = new List<Connection>();
        for (int i = 0; i < 50; i++)
        {
            twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
            isUsedAgain |= Number(client) == number || Number(server) == number;
            others.AddRange([client, server]);
            twait(e => Exchange(client, server, e));
            twait(e => Exchange(server, client, e));
        }
        Assert.True(isUsedAgain);
        others.ForEach(other => other.Dispose());
        done.Trigger();
    }

    /// <summary>The connection has been waited for, so that the table knows its number.</summary>
    [Tamed]
    private partial void MakeAndDrop(Event<int> made);

    private void MakeAndDropBody(Event<int> made)
    {
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
        twait(e => Exchange(client, server, e));
        _client = client;
        made.Trigger(Number(server));
    }

    [Tamed]
    private static partial void Exchange(Connection from, Connection to, Event done);

    private static void ExchangeBody(Connection from, Connection to, Event done)
    {
        var buffer = new byte[2];
        int count;
        using (twait())
        {
            to.Receive(buffer, mkevent(out count));
            from.Send(new byte[] { 7 }, mkevent());
        }
        Assert.Equal((1, 7), (count, buffer[0]));
        done.Trigger();
    }

    [Tamed]
    private static partial void Share(Event done);

    private static void ShareBody(Event done)
    {
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
        using var closing = client;
        using var closingToo = server;
        var handle = server.GetHandle();
        for (int i = 0; i < 20; i++)
        {
            Task other;
            using (twait())
                other = WaitElsewhere(handle, mkevent());
            twait(e => Exchange(client, server, e));
            client.TrySend(new byte[1], out _);     // the first byte may have been received before the other loop looked
            twait(other);
            twait(e => server.Receive(new byte[1], e), out int _);
        }
        done.Trigger();
    }

    private static Task WaitElsewhere(SafeHandle handle, Event begun) => Task.Run(() => EventLoop.Run(
        end =>
        {
            wait_on_fd(handle, FdEvents.Read, end);
            begun.Trigger();
        }));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Number(Connection connection) => (int)connection.GetHandle().DangerousGetHandle();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
