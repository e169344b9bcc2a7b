using System.Net;
using System.Net.Sockets;

namespace Tame.Runtime.Tests.Running;

public sealed class DescriptorWaitTests
{
    [Fact]
    public void A_call_waits_for_a_socket_while_timers_and_calls_go_on()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var log = new List<string>();
        EventLoop.Run(done =>
        {
            Call.Blocks(
                done,
                c => Primitives.wait_on_fd(listener, FdEvents.Read, c.Make(1)),
                c =>
                {
                    c.Held = listener.Accept();
                    log.Add("accepted");
                    Primitives.wait_on_fd((Socket)c.Held, FdEvents.Write, c.Make(1));
                },
                c =>
                {
                    ((Socket)c.Held!).Dispose();
                    Primitives.wait_on_fd(client.SafeHandle, FdEvents.Read, c.Make(1));
                },
                _ => log.Add("closed"));
            Call.Blocks(
                default,
                c => Primitives.timer(TimeSpan.FromMilliseconds(2), c.Make(1)),
                _ =>
                {
                    log.Add("connect");
                    client.Connect(listener.LocalEndPoint!);
                });
        });
        Assert.Equal(["connect", "accepted", "closed"], log);
    }

    [Fact]
    public void Calls_that_keep_running_starve_no_descriptor()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        bool ready = false;
        EventLoop.Run(done =>
        {
            Call.Blocks(default, c => Primitives.wait_on_fd(listener, FdEvents.Read, c.Make(1)), _ => ready = true);
            Call.Start(
                c =>
                {
                    if (c.State == 1 && !c.EndBlock())
                        return;
                    if (ready)
                    {
                        c.Done.Trigger();
                        return;
                    }
                    c.EnterBlock();
                    Primitives.asap(c.Make(1));
                    if (c.BlockDone(1, 1))
                        Assert.Fail("The block did not wait.");
                },
                done);
        });
    }
}
