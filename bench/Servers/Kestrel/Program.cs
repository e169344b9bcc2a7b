// The smallest fair Kestrel server: one file, read once, written from memory. No routing, no logging.
// `slim` takes the builder that people use with NativeAOT, with its configuration; the empty one is smaller still.
if (args is not [var port, var file, .. var rest] || rest is not ([] or ["slim"]))
{
    Console.Error.WriteLine("usage: Kestrel PORT FILE [slim]");
    return 1;
}

var body = File.ReadAllBytes(file);
var target = "/" + Path.GetFileName(file);

WebApplicationBuilder builder;
if (rest is ["slim"])
{
    builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
}
else
{
    builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    builder.WebHost.UseKestrelCore();
}

builder.WebHost.ConfigureKestrel(options => options.ListenLocalhost(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)));
var app = builder.Build();
app.Run(context =>
{
    if (context.Request.Path != target)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    context.Response.ContentType = "text/html; charset=utf-8";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Run();
return 0;
