using System.ComponentModel;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.IO.Tests.Connections;

/// <summary>Operations that have the only handle of their event. Such an event has no lifeline.</summary>
public sealed partial class KeptOperationTests
{
    public static readonly TheoryData<string> All = Networks.All;
    public static readonly TheoryData<string> OfTheSystem = Networks.OfTheSystem;

    public static TheoryData<string, string> Operations => new(
        from network in new[] { Networks.Memory, Networks.System, Networks.Portable }
        from operation in new[] { "accept", "receive", "send", "fill", "line", "until", "some", "exactly", "flush", "datagram" }
        select (network, operation));

    /// <summary>The generator relies on it.</summary>
    [Fact]
    public void Each_method_that_keeps_its_event_has_a_twin_that_no_editor_shows()
    {
        MethodInfo[] keepers = [.. new[] { typeof(Connection).Assembly, typeof(Reader).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(KeepsEventAttribute)))];
        Assert.Equal(15, keepers.Length);
        Assert.Equal([], keepers.Where(keeper => Twin(keeper)?.GetCustomAttribute<EditorBrowsableAttribute>() is not { State: EditorBrowsableState.Never }));
    }

    private static MethodInfo? Twin(MethodInfo keeper)
    {
        Type[] parameters = [.. keeper.GetParameters().Select(parameter => parameter.ParameterType)];
        var values = parameters[^1].GetGenericArguments();
        parameters[^1] = values.Length switch
        {
            0 => typeof(KeptEvent),
            1 => typeof(KeptEvent<>).MakeGenericType(values),
            _ => typeof(KeptEvent<,>).MakeGenericType(values),
        };
        return keeper.DeclaringType!.GetMethod(keeper.Name + "Kept", parameters);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_waiting_operation_takes_no_lifeline(string network, string operation) => Networks.Run(network, (client, server, done) =>
    {
        var loop = EventLoop.Current!;
        using var listener = Network.Current.Listen(Networks.AnyPort);
        int before = loop.Pools.Lifelines.InUse;
        Wait(operation, listener, client, Event.Ignored);
        Assert.Single(loop.Blocked, blocked => blocked.Method.EndsWith(nameof(Wait), StringComparison.Ordinal));
        Assert.Equal(before, loop.Pools.Lifelines.InUse);
        done.Trigger();
    });

    /// <summary>Waits in one operation, which does not end by itself.</summary>
    [Tamed] private static partial void Wait(string operation, Listener listener, Connection connection, Event done);

    private static void WaitBody(string operation, Listener listener, Connection connection, Event done)
    {
        var buffer = new byte[8];
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        switch (operation)
        {
            case "accept":
                twait(e => listener.Accept(e), out Connection _);
                break;
            case "receive":
                using (twait()) connection.Receive(buffer, mkevent(out int _));
                break;
            case "send":
                using (twait()) connection.Send(new byte[20_000_000], mkevent());
                break;
            case "fill":
                twait(e => reader.Fill(e));
                break;
            case "line":
                twait(e => reader.ReadLine(e), out string? _);
                break;
            case "until":
                twait(e => reader.ReadUntil(0, e), out ReadOnlyMemory<byte> _);
                break;
            case "some":
                using (twait()) reader.Read(buffer, mkevent(out int _));
                break;
            case "exactly":
                using (twait()) reader.ReadExactly(buffer, mkevent());
                break;
            case "datagram":
                using (var datagrams = Network.Current.Bind(Networks.AnyPort))
                    twait(e => datagrams.Receive(buffer, e), out int _, out EndPoint _);
                break;
            default:
                writer.Write(new byte[20_000_000]);
                twait(e => writer.Flush(e));
                break;
        }
        done.Trigger();
    }

    [Fact]
    public void In_memory_a_receive_on_a_connection_without_another_end_is_a_deadlock()
    {
        var error = Assert.Throws<DeadlockException>(() => EventLoop.Run(Forsaken, Networks.Options(Networks.Memory)));
        Assert.Contains($".{nameof(ReceiveAlone)} at ", error.Message, StringComparison.Ordinal);
    }

    [Tamed] private static partial void Forsaken(Event done);

    private static void ForsakenBody(Event done)
    {
        var connections = new Stack<Connection>();
        twait(e => Connect(connections, e));
        connections.Pop();
        twait(e => ReceiveAlone(connections, e), out int _);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void A_receive_on_a_connection_that_only_the_loop_refers_to_completes(string network) => EventLoop.Run(Collected, Networks.Options(network));

    [Tamed] private static partial void Collected(Event done);

    private static void CollectedBody(Event done)
    {
        var connections = new Stack<Connection>();
        twait(e => Connect(connections, e));
        var server = connections.Pop();
        int count;
        using (twait())
        {
            ReceiveAlone(connections, mkevent(out count));
            SendLater(server, mkevent());
        }
        Assert.Equal(3, count);
        done.Trigger();
    }

    /// <summary>Sends three bytes after two full collections.</summary>
    [Tamed] private static partial void SendLater(Connection connection, Event done);

    private static void SendLaterBody(Connection connection, Event done)
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            twait(e => timer(TimeSpan.FromMilliseconds(5), e));
        }
        twait(e => connection.Send(new byte[3], e));
        done.Trigger();
    }

    /// <summary>Receives on the last connection, to which nothing refers from then on but the operation.</summary>
    [Tamed] private static partial void ReceiveAlone(Stack<Connection> connections, Event<int> received);

    private static void ReceiveAloneBody(Stack<Connection> connections, Event<int> received)
    {
        int count;
        using (twait()) Take(connections).Receive(new byte[8], mkevent(out count));
        received.Trigger(count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Connection Take(Stack<Connection> connections) => connections.Pop();

    /// <summary>Pushes the client's end and then the server's.</summary>
    [Tamed] private static partial void Connect(Stack<Connection> connections, Event done);

    private static void ConnectBody(Stack<Connection> connections, Event done)
    {
        twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
        connections.Push(client);
        connections.Push(server);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_exception_that_leaves_the_block_ends_the_operation(string network) => Networks.Run(network, Left);

    [Tamed] private static partial void Left(Connection client, Connection server, Event done);

    private static void LeftBody(Connection client, Connection server, Event done)
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                using (twait())
                {
                    server.Receive(new byte[8], mkevent(out int _));
                    throw new InvalidOperationException("out");
                }
            }
            catch (InvalidOperationException error)
            {
                Assert.Equal("out", error.Message);
            }
            twait(e => client.Send(new byte[] { 1, 2 }, e));
            twait(e => server.Receive(new byte[8], e), out int count);
            Assert.Equal(2, count);
        }
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_refused_is_thrown_in_the_block(string network) => Networks.Run(network, Refused);

    [Tamed] private static partial void Refused(Connection client, Connection server, Event done);

    private static void RefusedBody(Connection client, Connection server, Event done)
    {
        client.Receive(new byte[8], Event<int>.Ignored);
        try
        {
            twait(e => client.Receive(new byte[8], e), out int _);
            Assert.Fail("Two receives are in progress.");
        }
        catch (InvalidOperationException error)
        {
            Assert.StartsWith("Another receive is already in progress", error.Message, StringComparison.Ordinal);
        }
        client.Dispose();
        try
        {
            using (twait()) client.Send(new byte[1], mkevent());
            Assert.Fail("The connection is closed.");
        }
        catch (ObjectDisposedException)
        {
        }
        done.Trigger();
    }
}
