using System.Net;
using Tame.IO;
using Tame.Testing;
using Tutorial;

namespace Tame.Samples.Tests.TutorialPrograms;

#region test
public sealed partial class ChatRoomTests
{
    [Fact]
    public void What_one_member_writes_the_others_read() => Run(Talk);

    [Fact]
    public void A_client_that_does_not_say_its_name_is_sent_away_after_a_minute() => Run(StaySilent);

    private static void Run(Action<EndPoint, Event> clients) => TestLoop.Run(
        done =>
        {
            var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Serve(new ChatRoom().Welcome, null, Event.Detached);
            clients(listener.LocalEndPoint, done);
        },
        new TestLoopOptions { Loop = new EventLoopOptions { Network = new MemoryNetwork() } });

    [Tamed]
    private static partial void Talk(EndPoint server, Event done);

    private static void TalkBody(EndPoint server, Event done)
    {
        twait(e => Join(server, "Ada", e), out Reader ada, out Writer adas);
        twait(e => Join(server, "Grace", e), out Reader _, out Writer graces);
        twait(e => ada.ReadLine(e), out string? line);
        Assert.Equal("Grace is here", line);

        graces.WriteLine("hello");
        twait(e => graces.Flush(e));
        twait(e => ada.ReadLine(e), out line);
        Assert.Equal("Grace: hello", line);

        graces.Connection.Dispose();
        twait(e => ada.ReadLine(e), out line);
        Assert.Equal("Grace has left", line);
        adas.Connection.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void StaySilent(EndPoint server, Event done);

    private static void StaySilentBody(EndPoint server, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection client);
        using var reader = new Reader(client);
        twait(e => reader.ReadLine(e), out string? line);
        Assert.Equal("your name?", line);
        twait(e => reader.ReadLine(e), out line);
        Assert.Equal("too late", line);
        Assert.Equal(TimeSpan.FromMinutes(1), TestLoop.Elapsed);
        done.Trigger();
    }

    [Tamed]
    private static partial void Join(EndPoint server, string name, Event<Reader, Writer> joined);

    private static void JoinBody(EndPoint server, string name, Event<Reader, Writer> joined)
    {
        twait(e => Network.Current.Connect(server, e), out Connection client);
        var (reader, writer) = (new Reader(client), new Writer(client));
        twait(e => reader.ReadLine(e), out string? _);
        writer.WriteLine(name);
        twait(e => writer.Flush(e));
        joined.Trigger(reader, writer);
    }
}
#endregion
