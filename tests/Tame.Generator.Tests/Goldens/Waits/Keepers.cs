using System.Net.Sockets;
using P = Tame.Primitives;

namespace Demo;

public static partial class Keepers
{
    [Tamed] public static partial void Kept(TimeSpan delay, Socket socket, int descriptor, Event done);

    private static void KeptBody(TimeSpan delay, Socket socket, int descriptor, Event done)
    {
        // the primitive has the only handle
        twait(e => asap(e));
        twait(e => { timer(delay, e); });
        twait(e => wait_on_fd(socket, FdEvents.Read, e));
        using (twait()) Primitives.timer(e: mkevent(), delay: delay);
        using (twait())
        {
            socket.Shutdown(SocketShutdown.Send);
            {
                P.wait_on_fd(descriptor, FdEvents.Write, mkevent());
            }
            GC.KeepAlive(socket);
        }
        using (twait()) global::Tame.Primitives.wait_on_fd(events: FdEvents.Read, handle: socket.SafeHandle, e: mkevent());
        done.Trigger();
    }

    [Tamed] public static partial void Lost(TimeSpan delay, bool some, Event done);

    private static void LostBody(TimeSpan delay, bool some, Event done)
    {
        // other code may have a handle, or none may be left
        twait(e => timer(delay, e.WithTimeout(delay)));
        twait(e => timer(e.IsPending ? delay : TimeSpan.Zero, e));
        twait(e => { if (some) asap(e); else timer(delay, e); });
        twait(e => Own.asap(e));
        twait(e => Own.timer(delay, e));
        using (twait())
        {
            asap(mkevent());
            asap(mkevent());
        }
        using (twait())
        {
            if (some) asap(mkevent());
        }
        using (twait())
        {
            try
            {
                timer(delay, mkevent());
            }
            catch (ArgumentOutOfRangeException)
            {
            }
        }
        using (twait())
        {
            var one = mkevent();
            asap(one);
        }
        using (twait())
        {
        again:
            asap(mkevent());
            if (some) goto again;
        }
        using (twait()) asap((mkevent()));
        using (twait())
        {
            for (var i = 0; i < 2; i++) asap(mkevent());
        }
        done.Trigger();
    }

    [Tamed] public static partial void Operations(Listener listener, Datagrams datagrams, byte[] buffer, Event<int> done);

    private static void OperationsBody(Listener listener, Datagrams datagrams, byte[] buffer, Event<int> done)
    {
        // an operation has the only handle
        twait(e => listener.Accept(e), out Connection client);
        int count;
        using (twait()) client.Receive(buffer, mkevent(out count));
        twait(received => { Peer(client).Receive(buffer, received); }, out count);
        using (twait())
        {
            client
                .Send(sent: mkevent(), buffer: buffer.AsMemory(0, count));
        }
        twait(e => datagrams.Receive(buffer, e), out int received, out System.Net.EndPoint from);
        using (twait()) datagrams.Receive(buffer, mkevent(out received, out from));
        // other code may have a handle, or none may be left
        using (twait()) client?.Receive(buffer, mkevent(out count));
        using (twait()) client.Receive(buffer, mkevent(out count).WithTimeout(TimeSpan.FromSeconds(1)));
        twait(e => client.Receive(buffer, e + Event<int>.Ignored), out count);
        using (twait())
        {
            client.Receive(buffer, mkevent(out count));
            client.Send(buffer, mkevent());
        }
        done.Trigger(count);
    }

    private static Connection Peer(Connection client) => client;

    private static class Own
    {
        public static void asap(Event e) => e.Trigger();

        public static void timer(TimeSpan delay, Event e) => e.Trigger();
    }
}
