using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tame.Http.Tests.Serving;

/// <summary>HttpClient against the server, with and without TLS.</summary>
public sealed class ClientTests
{
    private static readonly X509Certificate2 s_certificate = MakeCertificate();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_clients_send_and_get_bodies_of_every_size(bool isSecure)
    {
        using var server = new Hosted(Handlers.Echo, Options(isSecure));
        using var client = Client();
        var random = new Random(3);
        int[] sizes = [0, 1, 100, 4095, 16384, 70000, 500_000];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            string text = new('x', sizes[i % sizes.Length]);
            using var content = i % 2 == 0 ? new StringContent(text) : (HttpContent)new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            using var request = new HttpRequestMessage(HttpMethod.Put, Address(server, isSecure, $"/{i}?q")) { Content = content };
            request.Headers.TransferEncodingChunked = i % 2 == 1;
            request.Headers.ExpectContinue = i % 5 == 0;
            using var answer = await client.SendAsync(request, Token);
            Assert.Equal($"PUT /{i}?q localhost:{server.Port} 1.1 [{text}]", await answer.Content.ReadAsStringAsync(Token));
        }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_answer_arrives_whole_though_it_is_the_last(bool isSecure)
    {
        using var server = new Hosted(Handlers.Parts, Options(isSecure));
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(server, isSecure, "/?1000000"));
        request.Headers.ConnectionClose = true;
        using var answer = await client.SendAsync(request, Token);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(3_000_000, body.Length);
        Assert.Equal(1_000_000, body.Count(b => b == 'c'));
    }

    [Fact]
    public async Task A_client_that_speaks_no_tls_or_leaves_in_the_handshake_hurts_nobody_else()
    {
        using var server = new Hosted(Handlers.Echo, Options(isSecure: true) with { HandshakeTimeout = TimeSpan.FromSeconds(1) });
        for (int i = 0; i < 10; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, Token);
            await socket.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8[..(i * 2)].ToArray(), Token);
        }
        using var client = Client();
        Assert.EndsWith("[]", await client.GetStringAsync(Address(server, isSecure: true, "/"), Token));
    }

    [Fact]
    public async Task A_stop_lets_a_client_over_tls_have_its_answer()
    {
        Task<string> answer;
        var began = new TaskCompletionSource();
        using var client = Client();
        using (var server = new Hosted((exchange, done) =>
        {
            began.SetResult();
            Handlers.Parts(exchange, done);
        }, Options(isSecure: true)))
        {
            answer = client.GetStringAsync(Address(server, isSecure: true, "/?500000"), Token);
            await began.Task.WaitAsync(Token);
        }
        Assert.Equal(1_500_000, (await answer).Length);
    }

    private static Uri Address(Hosted server, bool isSecure, string target) => new($"http{(isSecure ? "s" : "")}://localhost:{server.Port}{target}");

    private static HttpServerOptions Options(bool isSecure) => new() { Tls = isSecure ? new SslServerAuthenticationOptions { ServerCertificate = s_certificate } : null };

    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.GetCertHashString() == s_certificate.GetCertHashString() },
    });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
