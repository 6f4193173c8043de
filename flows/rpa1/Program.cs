using Rpa1;
using Seatrial.Worker.Hosting;

return await WorkerHost.RunAsync(worker => worker.Handle("rpa1", Rpa1Json.Default.SurveyRow, Intake.Handle));
