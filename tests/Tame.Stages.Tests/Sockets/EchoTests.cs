using Tame.IO;

namespace Tame.Stages.Tests.Sockets;

[Collection(nameof(Alone))]
public sealed partial class EchoTests
{
    private const int Warmup = 2000;
    private const int Rounds = 5000;
    private static long s_allocated;

    [Fact]
    public void The_echo_server_answers_and_drains_over_memory() => Rig.Run(Answers);

    [Fact]
    public void The_echo_server_answers_and_drains_over_sockets() => EventLoop.Run(Answers, new EventLoopOptions { Network = new SocketNetwork() });

    [Fact]
    public void The_echo_server_answers_and_drains_over_portable_sockets() =>
        EventLoop.Run(Answers, new EventLoopOptions { Network = new SocketNetwork(new SocketNetworkOptions { UsePortableSockets = true }) });

    [Fact]
    public void An_echo_over_memory_allocates_nothing()
    {
        s_allocated = -1;
        Rig.Run(Measured);
        Assert.Equal(0, s_allocated);
    }

    [Tamed]
    private static partial void Answers(Event done);

    private static void AnswersBody(Event done)
    {
        var server = new EchoServer();
        using var listener = Network.Current.Listen(Rig.AnyPort);
        using var ends = new Rendezvous();
        Assert.Equal(EnqueueOutcome.Accepted, server.TryStart(listener, mkevent(ends)));
        using (twait())
        {
            for (int i = 0; i < 20; i++)
                Talk(listener.LocalEndPoint, Rig.Bytes(i * 10_000, i), mkevent());
        }
        twait(e => server.Stop(e), out int lost);
        Assert.Equal(0, lost);
        twait(ends);
        Assert.True(listener.IsClosed);
        done.Trigger();
    }

    [Tamed]
    private static partial void Talk(System.Net.EndPoint at, byte[] bytes, Event done);

    private static void TalkBody(System.Net.EndPoint at, byte[] bytes, Event done)
    {
        twait(e => Network.Current.Connect(at, e), out Connection client);
        using var closing = client;
        byte[] answer;
        using (twait())
        {
            Send(client, bytes, mkevent());
            Rig.ReceiveAll(client, int.MaxValue, mkevent(out answer));
        }
        Assert.Equal(bytes, answer);
        done.Trigger();
    }

    [Tamed]
    private static partial void Send(Connection client, byte[] bytes, Event done);

    private static void SendBody(Connection client, byte[] bytes, Event done)
    {
        twait(e => client.Send(bytes, e));
        client.CloseSend();
        done.Trigger();
    }

    [Tamed]
    private static partial void Measured(Event done);

    private static void MeasuredBody(Event done)
    {
        var server = new EchoServer();
        using var listener = Network.Current.Listen(Rig.AnyPort);
        server.TryStart(listener, Event.Ignored);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
        var buffer = new byte[100];
        long before = 0;
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            twait(e => client.Send(buffer, e));
            twait(e => client.Receive(buffer, e), out int count);
            if (count != buffer.Length)
                break;
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }
}
