using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace Tame.IO.Tests.Connections;

/// <summary>Streams of bytes between two ends, on each network.</summary>
public sealed partial class ConnectionTests
{
    private readonly List<string> _seen = [];

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void What_is_sent_is_received(string network)
    {
        Networks.Run(network, done => Talk(done));
        Assert.Equal(["server: hello", "client: HELLO", "client: end", "server: end"], _seen);
    }

    [Tamed]
    private partial void Talk(Event done);

    private void TalkBody(Event done)
    {
        using var listener = Network.Current.Listen(Networks.AnyPort);
        using (twait())
        {
            Answer(listener, mkevent());
            Ask(listener, mkevent());
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Answer(Listener listener, Event done);

    private void AnswerBody(Listener listener, Event done)
    {
        twait(e => listener.Accept(e), out Connection connection);
        using var end = connection;
        var buffer = new byte[100];
        twait(e => connection.Receive(buffer, e), out int count);
        _seen.Add("server: " + Encoding.ASCII.GetString(buffer, 0, count));
        twait(e => connection.Send("HEL"u8.ToArray(), e));
        twait(e => connection.Send(new ReadOnlySequence<byte>("LO"u8.ToArray()), e));
        connection.CloseSend();
        twait(e => connection.Receive(buffer, e), out count);
        _seen.Add(count == 0 ? "server: end" : "server: more");
        done.Trigger();
    }

    [Tamed]
    private partial void Ask(Listener listener, Event done);

    private void AskBody(Listener listener, Event done)
    {
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var end = connection;
        twait(e => connection.Send("hello"u8.ToArray(), e));
        var text = new StringBuilder();
        var buffer = new byte[2];
        while (true)
        {
            twait(e => connection.Receive(buffer, e), out int count);
            if (count == 0)
                break;
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        _seen.Add("client: " + text);
        _seen.Add("client: end");
        done.Trigger();
    }
}
