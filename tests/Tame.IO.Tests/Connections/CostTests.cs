using System.Net;
using System.Net.Sockets;
using Tame.IO.Tests.Streams;

namespace Tame.IO.Tests.Connections;

/// <summary>What connections cost: no byte for a message, and no descriptor that stays.</summary>
[Collection(nameof(Alone))]
public sealed partial class CostTests
{
    /// <summary>For loops with a thread: bytes are counted on that.</summary>
    public static readonly TheoryData<string> All = [Networks.Memory, .. Networks.OfTheSystem.Select(row => row.Data)];
    public static readonly TheoryData<string> OfTheSystem = Networks.OfTheSystem;
    private const int Rounds = 2000;

    private long _allocated;

    [Theory]
    [MemberData(nameof(All))]
    public void A_message_allocates_nothing(string network)
    {
        Networks.Run(network, (client, server, done) => Measure(client, server, isLimited: false, done));
        Assert.Equal(0, _allocated);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_time_limit_on_each_operation_allocates_nothing(string network)
    {
        Networks.Run(network, (client, server, done) => Measure(client, server, isLimited: true, done));
        Assert.Equal(0, _allocated);
    }

    [Theory]
    [MemberData(nameof(OfTheSystem))]
    public void No_descriptor_stays_open(string network)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("This counts the descriptors in /proc, which Linux has.");
        Networks.Run(network, Churn);
        int before = Descriptors();
        Networks.Run(network, Churn);
        Assert.InRange(Descriptors(), 0, before + 3);   // the runtime opens some now and then
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    [Tamed]
    private partial void Measure(Connection client, Connection server, bool isLimited, Event done);

    private void MeasureBody(Connection client, Connection server, bool isLimited, Event done)
    {
        var buffer = new byte[1000];
        long before = 0;
        for (int i = 0; i <= 5 * Rounds; i++)
        {
            // Of three windows the best: a collection may charge this thread with the rest of its allocation context.
            if (i % Rounds == 0)
            {
                long now = GC.GetAllocatedBytesForCurrentThread();
                if (i == 3 * Rounds || i > 3 * Rounds && now - before < _allocated)
                    _allocated = now - before;
                before = now;
            }
            using (twait())
            {
                Receive(server, buffer, isLimited, mkevent());
                Send(client, buffer, isLimited, mkevent());
            }
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Receive(Connection connection, byte[] buffer, bool isLimited, Event done);

    private static void ReceiveBody(Connection connection, byte[] buffer, bool isLimited, Event done)
    {
        for (int left = buffer.Length; left != 0;)
        {
            int count;
            if (isLimited)
                twait(e => connection.Receive(buffer.AsMemory(0, left), e.WithTimeout(TimeSpan.FromSeconds(10))), out count);
            else
                twait(e => connection.Receive(buffer.AsMemory(0, left), e), out count);
            left -= count;
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Send(Connection connection, byte[] buffer, bool isLimited, Event done);

    private static void SendBody(Connection connection, byte[] buffer, bool isLimited, Event done)
    {
        if (isLimited)
            twait(e => connection.Send(buffer, e.WithTimeout(TimeSpan.FromSeconds(10))));
        else
            twait(e => connection.Send(buffer, e));
        done.Trigger();
    }

    /// <summary>Connections that end in each way.</summary>
    [Tamed]
    private static partial void Churn(Event done);

    private static void ChurnBody(Event done)
    {
        var silent = new IPEndPoint(IPAddress.Parse("127.0.0.1"), 1);
        for (int i = 0; i < 60; i++)
        {
            twait(e => Networks.Pair(Networks.AnyPort, e), out Connection client, out Connection server);
            server.Receive(new byte[1], Event<int>.Ignored);
            switch (i % 4)
            {
                case 0: client.Abort(); break;
                case 1: client.CloseSend(); break;
                case 2: client.Dispose(); break;
                default: twait(e => client.Send(new byte[100], e)); break;
            }
            client.Dispose();
            server.Dispose();
            using var datagrams = Network.Current.Bind(Networks.AnyPort);
            try
            {
                twait(e => Network.Current.Connect(silent, e), out Connection _);
            }
            catch (SocketException)
            {
            }
        }
        done.Trigger();
    }
}
